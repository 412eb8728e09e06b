--[[
gemtext - a format of its own: Gemini text, one file per document.

    rolepress roles/ -t ./gemtext.lua -o gemini/

A line of gemtext is a heading, an item, a quotation, a link or a paragraph; so links
stand on lines of their own after the paragraph that has them.
]]

local links = {}

-- What was met in a block, to be written after it.
local function flush()
  local lines = table.concat(links)
  links = {}
  return lines == "" and "" or lines .. "\n"
end

local function block(_, content)
  return content .. "\n\n" .. flush()
end

local function fenced(node)
  return "```" .. (node.info or "") .. "\n" .. node.text .. "```\n\n"
end

local function content(_, text)
  return text
end

local heading = { "# ", "## ", "### " }

return {
  name = "gemtext",
  summary = "Gemini text, for small browsers",
  extension = ".gmi",
  media_type = "text/gemini",
  needs = { "sections" },

  writer = {
    Title = function(_, text) return "# " .. text .. "\n\n" .. flush() end,
    Subtitle = block,
    Heading = function(node, text)
      return (heading[math.min((node.parent.level or 1) + 1, 3)]) .. text .. "\n\n" .. flush()
    end,
    Section = content, Div = content, Admonition = content, Details = content, Summary = block,
    Paragraph = function(node, text)
      if node.parent.kind == "Item" then return text .. "\n" end
      return block(node, text)
    end,
    List = function(_, text) return text .. "\n" .. flush() end,
    Item = function(_, text) return "* " .. text:gsub("\n+$", ""):gsub("\n+", " ") .. "\n" end,
    BlockQuote = function(_, text) return "> " .. text:gsub("\n+$", ""):gsub("\n+", "\n> ") .. "\n\n" end,
    CodeBlock = fenced,
    ThematicBreak = function() return "---\n\n" end,
    Table = function(_, text) return "```\n" .. text .. "```\n\n" end,
    Row = function(_, text) return text:gsub("\t$", "") .. "\n" end,
    Cell = function(_, text) return text:gsub("%s+$", "") .. "\t" end,
    Caption = block, Figure = content,
    DefinitionList = content, Term = function(_, text) return text .. ":\n" end, Definition = content,
    QuestionList = content, Question = content, Answer = content,
    Footnote = function(node, text) return "[" .. (node.number or "") .. "] " .. text end,

    Code = function(node) return "`" .. node.text .. "`" end,
    LineBreak = function() return "\n" end,
    Link = function(node, text)
      local to = node.url or (node.target and node.target .. ".gmi")
      if to then links[#links + 1] = "=> " .. to .. " " .. text .. "\n" end
      return text
    end,
    Image = content, Emphasis = content, Strong = content, Strikethrough = content, Underline = content,
    Mark = content, Subscript = content, Superscript = content, Keyboard = content, Abbreviation = content,
    Quote = content, Span = content,
    FootnoteRef = function(node) return "[" .. (node.number or "") .. "]" end,
  },
}
