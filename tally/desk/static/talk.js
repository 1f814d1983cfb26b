// How the page asks: over the server's own address, or over the widget's messages. Both give a promise of the answer.

const GONE = {
  error: { fact: "与核对台的连接断了，这一步没有写入", remedy: "已保存的都在文件里；请重新运行 python pipeline.py desk 后刷新本页" },
};

function overHttp(address) {
  return async (request) => {
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    try {
      const answer = await fetch(address, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-XSRFToken": token ? token[1] : "" },
        body: JSON.stringify(request),
      });
      return answer.ok ? await answer.json() : GONE;
    } catch {
      return GONE;
    }
  };
}

function overModel(model) {
  const waiting = new Map();
  let last = 0;
  model.on("msg:custom", (message) => {
    const settle = waiting.get(message.id);
    waiting.delete(message.id);
    if (settle) settle(message.answer);
  });
  return (request) =>
    new Promise((settle) => {
      last += 1;
      waiting.set(last, settle);
      model.send({ id: last, request });
    });
}
