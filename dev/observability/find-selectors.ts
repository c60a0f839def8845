export type Selector = { metric: string; labels: string[] };

/** Words of PromQL that stand where a metric could. */
const keywords = new Set([
  'and',
  'or',
  'unless',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'offset',
  'bool',
]);

/** Finds the metrics that a PromQL expression reads, with the labels that it selects by. */
export function findSelectors(expression: string): Selector[] {
  const withoutGroupings = withoutStrings(expression).replaceAll(groupingPattern, ' ');
  const withoutDurations = withoutGroupings.replaceAll(/\[[^\]]*\]|\boffset\s+\d+\w+/g, ' ');
  // A word before a bracket is a function. A word after a digit is a unit.
  const words = withoutDurations.matchAll(/(?<![\w.])([a-zA-Z_:][\w:]*)(?![\w:])(?!\s*\()\s*(\{[^}]*\})?/g);
  return [...words]
    .filter(([, word = '']) => !keywords.has(word))
    .map(([, metric = '', selectors = '']) => ({ metric, labels: labelsOf(selectors) }));
}

/** Finds the labels by which a PromQL expression groups or matches series. */
export function findGroupings(expression: string): string[] {
  const groupings = withoutStrings(expression).matchAll(groupingPattern);
  const labels = [...groupings].flatMap(([, list = '']) => list.split(',').map((label) => label.trim()));
  return [...new Set(labels.filter((label) => label !== ''))];
}

const groupingPattern = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;

/** Strings may have any text, brackets and names of metrics included. */
function withoutStrings(expression: string): string {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
}

function labelsOf(selectors: string): string[] {
  return [...selectors.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label);
}
