--[[
reading-time - says how long a document takes to read, and writes it into its front matter.

    rolepress roles/ -f ./reading-time.lua=speed=250 -o roles.json

Words are counted between spaces; where there are none (Chinese, Japanese), by characters,
of which people read about twice as many.
]]

local words, characters = 0, 0

local function count(text)
  for _, code in utf8.codes(text) do
    if code >= 0x3040 and code <= 0x9FFF then characters = characters + 1 end
  end
  for _ in text:gsub("[\xE3-\xE9][\x80-\xBF][\x80-\xBF]", " "):gmatch("%S+") do words = words + 1 end
end

return {
  name = "reading-time",
  summary = "say how long a document takes to read",
  options = {
    { name = "speed", type = "int", default = 200, range = "50..1000", help = "words that are read in a minute" },
    { name = "longest", type = "int", default = 30, range = "1..", help = "warn above this many minutes" },
  },

  Text = function(text) count(text.text) end,

  Document = function(doc)
    local o = rolepress.options
    local minutes = math.max(1, math.ceil((words + characters / 2) / o.speed))

    doc.meta.reading_minutes = minutes
    rolepress.report(minutes > o.longest and "warning" or "note",
      ("%d words, %d minute%s to read"):format(words + characters // 2, minutes, minutes == 1 and "" or "s"))
  end,
}
