import { faultOf, type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import type { Knex } from 'knex';
import { readSwitches, type StoredSwitch } from './read-switches.ts';

/** What operators can stop or pause without a release. */
export type Switch = {
  readonly name: string;
  /** What happens while it is on, for operators. */
  readonly effect: string;
  /** Whether it is on, as of the last reading. Costs a property: call it for each request. */
  isOn(): boolean;
};

export type SwitchState = Pick<Switch, 'name' | 'effect'> & Omit<StoredSwitch, 'since'> & { since: Date | null };

export type Switches = {
  /** Defines a switch, while the service is built. */
  define(name: string, effect: string): Switch;
  /** The state of all switches as of the last reading, in the order of their definitions. */
  list(): SwitchState[];
  /** Whether the switches have been read since the start. */
  areKnown(): boolean;
  /** Called after each reading. */
  onRead(listener: () => void): void;
  /** Reads the switches, and then again every second. A database that is away does not fail the start. */
  start(): Promise<void>;
  /** Waits for the reading under way. */
  stop(): Promise<void>;
  /** Reads the switches now. */
  read(): Promise<void>;
};

type Options = { db: Knex; logger: Logger; metrics: Metrics; everyMs?: number };

/** All instances follow a switch within this time, also while Kafka is away. */
const READ_EVERY_MS = 1_000;
/** A service has fewer switches. */
const MAX_SWITCHES = 30;

/** Watches the switches of a service in its database. While that is away, the state of the last reading holds. */
export function watchSwitches({ db, logger, metrics, everyMs = READ_EVERY_MS }: Options): Switches {
  const defined = new Map<string, Defined>();
  const listeners: (() => void)[] = [];
  let isKnown = false;
  let reading: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  metrics.gauge(
    'florin_switch',
    '1 while the switch is on',
    { switch: MAX_SWITCHES },
    {
      collect(gauge) {
        for (const { name, isOn } of defined.values()) gauge.set({ switch: name }, isOn ? 1 : 0);
      },
    },
  );

  const apply = (stored: readonly StoredSwitch[]): void => {
    for (const one of defined.values()) {
      const wasOn = one.isOn;
      one.stored = stored.find(({ name }) => name === one.name);
      one.isOn = one.stored?.isOn ?? false;
      if (one.isOn !== wasOn) report({ logger, metrics }, one);
    }
    isKnown = true;
    for (const listener of listeners) listener();
  };
  const read = (): Promise<void> => {
    reading ??= readSwitches(db)
      .then(apply)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  // An unavailable database is reported by its own check.
  const tryToRead = (): Promise<void> =>
    read().catch((error: unknown) => void logger.debug('cannot read the switches', faultOf(error)));

  return {
    define(name, effect) {
      const one: Defined = { name, effect, isOn: false, stored: undefined };
      defined.set(name, one);
      return { name, effect, isOn: () => one.isOn };
    },
    list: () => [...defined.values()].map(stateOf),
    areKnown: () => isKnown,
    onRead: (listener) => void listeners.push(listener),
    async start() {
      await tryToRead();
      timer = setInterval(() => void tryToRead(), everyMs);
    },
    async stop() {
      clearInterval(timer);
      await reading?.catch(() => {});
    },
    async read() {
      // A reading that is under way may have begun before the caller's change.
      await reading?.catch(() => {});
      await read();
    },
  };
}

type Defined = Pick<Switch, 'name' | 'effect'> & { isOn: boolean; stored: StoredSwitch | undefined };

function stateOf({ name, effect, stored }: Defined): SwitchState {
  const never = { isOn: false, reason: '', since: null, until: null, by: null };
  return { ...never, ...stored, name, effect };
}

/** Each instance reports when it follows a switch, whoever has thrown it. The reason and the name are in the audit log: logs have no text that people wrote. */
function report(to: { logger: Logger; metrics: Metrics }, { name, isOn, stored }: Defined): void {
  recordSecurityEvent(to, isOn ? 'switch.thrown' : 'switch.ended', { switch: name, until: stored?.until?.toISOString() });
}
