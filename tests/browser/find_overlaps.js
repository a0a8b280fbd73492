// Returns the pairs of texts and fields of a page that stand on each other.
() => {
  const boxes = [];
  const add = (node, element, text) => {
    if (!element.checkVisibility() || element.closest(".hidden, [class^=skip]")) return;
    for (const box of node.getClientRects()) boxes.push([box, text]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode } = texts;
    const element = currentNode.parentElement;
    if (!currentNode.data.trim() || element.closest("svg, textarea, select")) continue;
    const range = document.createRange();
    range.selectNodeContents(currentNode);
    add(range, element, currentNode.data.trim());
  }
  for (const field of document.querySelectorAll("input, select, textarea, svg")) {
    if (!field.closest("svg svg")) add(field, field, field.outerHTML.slice(0, 80));
  }
  const commonPixels = (one, other) => Math.min(
    Math.min(one.right, other.right) - Math.max(one.left, other.left),
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  );
  return boxes.flatMap(([box, text], index) => boxes.slice(index + 1)
    .filter(([other, otherText]) => otherText !== text && commonPixels(box, other) > 3)
    .map(([, otherText]) => `${text} / ${otherText}`));
}
