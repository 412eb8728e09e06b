return {
  options = { { name = "mark", help = "what to put after each text" } },
  Text = function(text) text.text = text.text .. rolepress.options.mark end,
}
