--[[
redact - blackens words wherever they stand: in texts, code, titles and front matter.

    rolepress roles/ -f "./redact.lua=words=Contoso,Project X" -o public.epub

A link to an address with such a word loses it and becomes text.  How many words were
blackened is said of each document.
]]

local found = 0
local patterns = {}

-- A pattern that finds a word in either case, and nothing but that word.
for word in (rolepress.options.words or ""):gmatch("[^,]+") do
  local pattern = word:gsub("%p", "%%%0"):gsub("%a", function(c) return "[" .. c:lower() .. c:upper() .. "]" end)
  patterns[#patterns + 1] = "%f[%w]" .. pattern .. "%f[^%w]"
end

local function redacted(text)
  for _, pattern in ipairs(patterns) do
    local n
    text, n = text:gsub(pattern, function(word) return ("\u{2588}"):rep(utf8.len(word) or #word) end)
    found = found + n
  end
  return text
end

local function node(n)
  n.text = redacted(n.text)
end

local function titled(n)
  n.title = n.title and redacted(n.title)
end

return {
  name = "redact",
  summary = "blacken words wherever they stand",
  options = { { name = "words", range = "WORD,WORD...", help = "what may not be read" } },

  Text = node, Code = node, CodeBlock = node, RawBlock = node, RawInline = node,
  MetaScalar = node, Keyword = node,
  Image = titled, Abbreviation = titled,

  Link = function(link)
    titled(link)
    if redacted(link.url or "") ~= link.url then return link.content end
  end,

  Document = function(doc)
    for _, field in ipairs { "title", "description" } do
      doc[field] = doc[field] and redacted(doc[field])
    end
    if found > 0 then rolepress.report("note", found .. " words blackened") end
  end,
}
