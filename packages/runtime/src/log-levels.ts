/** The parts of a service whose log can have a level of its own. Every other line has the service's level. */
export const logComponents = ['http', 'messaging', 'kafka', 'features', 'tracing'] as const;

export type LogComponent = (typeof logComponents)[number];

/** From the most to the least severe. */
const logLevels = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof logLevels)[number];

export type LogLevels = {
  /** The level of the service. */
  level: LogLevel;
  components: Readonly<Partial<Record<LogComponent, LogLevel>>>;
};

const DEFAULT_LEVEL = 'info';

/**
 * Reads `LOG_LEVEL`: a level, and levels of components, in any order: `info,messaging=debug,http=warn`. Without a level of its own
 * a component has the service's, which is info if the text does not say it.
 *
 * @throws Error naming the part that is wrong and what is allowed
 */
export function parseLogLevels(text: string): LogLevels {
  let level: LogLevel | undefined;
  const components: Partial<Record<LogComponent, LogLevel>> = {};
  for (const part of text.split(',').map((one) => one.trim())) {
    const [name, value, ...more] = part.split('=');
    if (value === undefined) {
      const another = levelOf(part);
      if (level !== undefined) throw new Error(`the service has two levels, ${level} and ${another}; write one`);
      level = another;
    } else {
      const component = componentOf(name ?? '');
      if (components[component] !== undefined) throw new Error(`${component} has two levels; write one`);
      components[component] = levelOf([value, ...more].join('='));
    }
  }
  return { level: level ?? DEFAULT_LEVEL, components };
}

/** Whether a line of this component and level is written. */
export function isLogged({ level: ofService, components }: LogLevels, level: string, component: unknown): boolean {
  const max = components[component as LogComponent] ?? ofService;
  return logLevels.indexOf(level as LogLevel) <= logLevels.indexOf(max);
}

/** The least severe level that any line may have. */
export function leastSevere({ level, components }: LogLevels): LogLevel {
  const all = [level, ...Object.values(components)];
  return logLevels.findLast((one) => all.includes(one)) ?? level;
}

function levelOf(text: string): LogLevel {
  const found = logLevels.find((level) => level === text);
  if (found === undefined) throw new Error(`"${text}" is no level; allowed are ${listed(logLevels)}`);
  return found;
}

function componentOf(text: string): LogComponent {
  const found = logComponents.find((component) => component === text);
  if (found === undefined) throw new Error(`"${text}" is no component; allowed are ${listed(logComponents)}`);
  return found;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
