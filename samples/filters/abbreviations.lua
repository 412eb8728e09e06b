--[[
abbreviations - says what an abbreviation stands for where it is met first, and marks it
everywhere, so that an EPUB or a page can show its long form.

    rolepress roles/ -f ./abbreviations.lua -o handbook.epub

The list is a module beside this file: words/security.lua, or another by the option `list`.
]]

local long = require("words." .. (rolepress.options.list or "security"))
local met = {}

-- A text in pieces: strings, and abbreviations as nodes.
local function pieces(text)
  local list, at = {}, 1

  for first, word, after in text:gmatch("()%f[%w](%u[%u%d]+)%f[^%w]()") do
    if long[word] then
      if first > at then list[#list + 1] = text:sub(at, first - 1) end
      list[#list + 1] = rolepress.Abbreviation { title = long[word], word }
      if not met[word] then list[#list + 1] = " (" .. long[word] .. ")" end
      met[word] = true
      at = after
    end
  end
  if at == 1 then return nil end
  if at <= #text then list[#list + 1] = text:sub(at) end
  return list
end

return {
  name = "abbreviations",
  summary = "say what abbreviations stand for",
  options = { { name = "list", default = "security", range = "NAME", help = "module in the folder words" } },
  traverse = "topdown",

  -- Neither what is marked already, nor titles and headings, nor the text of links.
  Abbreviation = function() return nil, false end,
  Heading = function() return nil, false end,
  Title = function() return nil, false end,
  Link = function() return nil, false end,

  Text = function(text) return pieces(text.text), false end,
}
