import { Writable } from 'node:stream';
import { expect } from 'chai';
import Joi from 'joi';
import winston from 'winston';
import { componentLogger, createLogger, parseLogLevels, processSettings, readSettings } from '../src/index.ts';

/** Logs a line of each level in the service and in two components, and returns what is written. */
function written(level: string): string[] {
  const lines: string[] = [];
  const logger = createLogger({ service: 'books', level });
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      const { component = 'service', event } = JSON.parse(line.toString()) as { component?: string; event: string };
      lines.push(`${component} ${event}`);
      done();
    },
  });
  logger.clear().add(new winston.transports.Stream({ stream }));
  for (const one of [logger, componentLogger(logger, 'messaging'), componentLogger(logger, 'http')])
    for (const severity of ['error', 'warn', 'info', 'debug']) one.log(severity, severity);
  return lines;
}

describe('LOG_LEVEL', () => {
  it('is the level of every component', () => {
    expect(written('warn')).to.deep.equal(['service', 'messaging', 'http'].flatMap((one) => [`${one} error`, `${one} warn`]));
  });

  it('can give a component its own, below or above that of the service', () => {
    const lines = ['service error', 'service warn', 'messaging error', 'messaging warn', 'messaging info', 'messaging debug'];
    expect(written('warn,messaging=debug,http=error')).to.deep.equal([...lines, 'http error']);
    expect(written('http=error, messaging=debug ,warn')).to.deep.equal([...lines, 'http error']);
  });

  it('is info for the service if only components have one', () => {
    expect(parseLogLevels('http=debug')).to.deep.equal({ level: 'info', components: { http: 'debug' } });
  });

  it('is rejected with what is wrong and what is allowed', () => {
    const read = (text: string) => () => readSettings(Joi.object(processSettings), { KAFKA_BROKERS: 'a:1', LOG_LEVEL: text });
    const faults: Record<string, string> = {
      loud: '"loud" is no level; allowed are error, warn, info and debug',
      'info,http=': '"" is no level',
      'info,http=warn=debug': '"warn=debug" is no level',
      'info,': '"" is no level',
      'info,kitchen=debug': '"kitchen" is no component; allowed are http, messaging, kafka, features and tracing',
      'info,constructor=debug': '"constructor" is no component',
      'info,warn': 'the service has two levels, info and warn',
      'http=warn,http=debug': 'http has two levels',
    };
    for (const [text, fault] of Object.entries(faults))
      expect(read(text), text).to.throw(`LOG_LEVEL failed custom validation because ${fault}`);
    for (const text of ['', 'debug', 'info,messaging=debug,http=warn']) expect(read(text), text).to.not.throw();
  });
});
