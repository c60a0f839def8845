type Named = 'time' | 'level' | 'service' | 'event';
type Fields = Readonly<Record<string, unknown> & Record<Named, string> & { component?: string | undefined }>;

const RESET = '\u001b[0m';
const DIM = '\u001b[2m';
const colours: Readonly<Record<string, string>> = {
  error: '\u001b[31m',
  warn: '\u001b[33m',
  info: '\u001b[32m',
  debug: '\u001b[36m',
};
const TIME_START = 11;
const TIME_END = 23;
const LEVEL_WIDTH = 5;
/** Text that needs no quotes. All else is quoted as JSON, so that no value can break the line or control the terminal. */
const SAFE = /^[\w.:/+@-]+$/;

/** Formats a record as one line for people: time of day, level, service, event, fields. */
export function prettyLine(
  { time, level, service, component, event, ...fields }: Fields,
  { isColoured }: { isColoured: boolean },
): string {
  const paint = (colour: string, text: string): string => (isColoured ? `${colour}${text}${RESET}` : text);
  const source = component === undefined ? service : `${service}/${component}`;
  const pairs = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${shown(value)}`]));
  return [
    paint(DIM, time.slice(TIME_START, TIME_END)),
    paint(colours[level] ?? DIM, level.padEnd(LEVEL_WIDTH)),
    source,
    oneLine(event),
    ...(pairs.length === 0 ? [] : [paint(DIM, pairs.join(' '))]),
  ].join(' ');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  if (typeof value !== 'string') return oneLine(text);
  return SAFE.test(text) ? text : oneLine(JSON.stringify(text));
}

/** JSON leaves control characters above U+007E, and line separators. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
