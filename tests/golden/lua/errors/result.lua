return {
  Emphasis = function(e)
    return rolepress.Paragraph "a block"
  end,
}
