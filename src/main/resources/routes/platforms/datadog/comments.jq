# Timeline of a case -> its comments, whoever wrote them, as the hub takes them in. Markdown is left as it reads, but for links,
# which other platforms do not show as such.

def text: if . == null then "" else tostring end;
def plain: gsub("!?\\[(?<name>[^\\[\\]]*)\\]\\((?<url>https?://[^()\\s]+)\\)"; .name + " (" + .url + ")");

if (.data | type) != "array" then error("no list of comments") else
  [.data[]
   | select((.attributes.type | text) == "COMMENT" or .attributes.type == null)
   | {
       id: (.id | text),
       at: (.attributes.created_at | text),
       author: (.attributes.author.content | .name // .handle // .email | text),
       text: (.attributes.cell_content.message | text | plain),
       audience: "internal"
     }]
end
