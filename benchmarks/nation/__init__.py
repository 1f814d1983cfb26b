"""From one county to a nation: returns for any number of counties, their truth, and what reading them costs."""
