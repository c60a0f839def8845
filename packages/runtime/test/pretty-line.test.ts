import { Writable } from 'node:stream';
import { expect } from 'chai';
import winston from 'winston';
import { componentLogger, createLogger, type LogFormat, logFormatFor, runInContext } from '../src/index.ts';

function write(format: LogFormat, event: string, fields: object): string {
  let text = '';
  const logger = createLogger({ service: 'books', level: 'info', format });
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      text += line.toString();
      done();
    },
  });
  logger.clear().add(new winston.transports.Stream({ stream, eol: '\n' }));
  const context = { requestId: 'r1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
  runInContext(context, () => componentLogger(logger, 'http').info(event, fields));
  return text;
}

describe('the log in a terminal', () => {
  it('has one line a record, with the same fields', () => {
    const line = write('plain', 'request', {
      status: 200,
      route: '/v1/books',
      reason: 'two words',
      gone: undefined,
      list: [1, 2],
    });
    expect(line).to.match(
      /^\d\d:\d\d:\d\d\.\d{3} info {2}books\/http request requestId=r1 traceId=a{32} status=200 route=\/v1\/books reason="two words" list=\[1,2\]\n$/,
    );
  });

  it('cannot be broken or controlled by a value', () => {
    const evil = 'a\nb\u001b[2J\u009b2J\u2028c';
    const line = write('plain', evil, { evil, nested: { evil }, stack: new Error(evil).stack });
    expect(line.endsWith('\n')).to.equal(true);
    expect(line.slice(0, -1)).to.match(/^[^\p{Cc}\u2028]*$/u);
  });

  it('has colours only if the terminal has', () => {
    expect(write('coloured', 'request', {})).to.include('\u001b[32minfo');
    expect(write('plain', 'request', {})).to.not.include('\u001b');
  });

  it('is JSON in production, and wherever no terminal is', () => {
    const terminal = { isTTY: true, hasColors: () => true };
    expect(logFormatFor(terminal, { isProduction: false })).to.equal('coloured');
    expect(logFormatFor({ ...terminal, hasColors: () => false }, { isProduction: false })).to.equal('plain');
    expect(logFormatFor(terminal, { isProduction: true })).to.equal('json');
    expect(logFormatFor({}, { isProduction: false })).to.equal('json');
    expect(JSON.parse(write('json', 'request', { status: 200 }))).to.deep.include({
      component: 'http',
      event: 'request',
      status: 200,
    });
  });
});
