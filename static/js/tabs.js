// A row of sections that is wider than the screen begins where the reader is.
document
  .querySelector(".tabs [aria-current]")
  ?.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
