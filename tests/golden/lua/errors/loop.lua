return {
  Emphasis = function(e)
    while true do end
  end,
}
