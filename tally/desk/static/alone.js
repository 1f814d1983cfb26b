// On a page of its own the desk talks to the server it came from.

start(document.getElementById("desk"), overHttp("ask"));
