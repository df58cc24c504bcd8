# Timeline of a case -> the step without the links and the comment that stand in one of its comments.

if (.data | type) != "array" then error("no list of comments") else
  [.data[] | select((.attributes.type // "COMMENT") == "COMMENT") | .attributes.cell_content.message] | missing
end
