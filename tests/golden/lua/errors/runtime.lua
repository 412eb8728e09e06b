local function longest(words)
  return words.all.longest
end

return {
  Code = function(code)
    code.text = longest(code.attributes)
  end,
}
