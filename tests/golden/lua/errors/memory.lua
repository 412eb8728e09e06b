return {
  Emphasis = function(e)
    local t = {}
    for i = 1, math.huge do t[i] = "x" .. i end
  end,
}
