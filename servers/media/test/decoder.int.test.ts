import { createLogger } from '@florin/runtime';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import sharp from 'sharp';
import { createDecoder, type Decoder, type DecoderBounds, type DecodeTask } from '../src/decoder/index.ts';

const logger = createLogger({ service: 'decoder-test', level: 'error' });
const bounds = { processes: 1, maxWaiting: 4, timeoutMs: 120_000, maxMb: 2_000, maxPixels: 50_000_000 };
const clean: DecodeTask = { kind: 'clean', format: 'png', maxEdge: 2_560 };

/** Takes a second or more. */
const slow: DecodeTask = { kind: 'derive', format: 'avif' };

describe('decoders', function () {
  this.timeout(300_000);
  const decoders: Decoder[] = [];
  let noise: Buffer;
  let small: Buffer;

  before(async () => {
    const create = { width: 2_400, height: 1_600, channels: 3, background: '#888' } as const;
    noise = await sharp({ create: { ...create, noise: { type: 'gaussian', mean: 128, sigma: 30 } } })
      .jpeg()
      .toBuffer();
    small = await sharp({ create: { ...create, width: 60, height: 40 } })
      .png()
      .toBuffer();
  });
  afterEach(() => {
    for (const decoder of decoders.splice(0)) decoder.stop();
  });
  const open = (changes: Partial<DecoderBounds> = {}): Decoder => {
    const decoder = createDecoder({ ...bounds, ...changes }, logger);
    decoders.push(decoder);
    return decoder;
  };

  it('answer that they are busy when no process can be started', async () => {
    const decoder = open({ execPath: '/nowhere/node' });
    for (let time = 0; time < 3; time++) expect(await decoder.run(small, clean)).to.equal('busy');
    expect(decoder.pids()).to.deep.equal([]);
  });

  it('decode again what a process that died had', async () => {
    const decoder = open();
    const decoded = decoder.run(noise, slow);
    const [pid = 0] = decoder.pids();
    process.kill(pid, 'SIGKILL');
    expect(await decoded).to.include({ width: 2_400, height: 1_600 });
    expect(decoder.pids()).not.to.include(pid);
  });

  it('give up an image that two processes died of, and go on', async () => {
    const decoder = open();
    const decoded = decoder.run(noise, slow);
    const [first = 0] = decoder.pids();
    process.kill(first, 'SIGKILL');
    await eventually(() => expect(decoder.pids()).to.have.length(1).and.not.include(first));
    process.kill(decoder.pids()[0] ?? 0, 'SIGKILL');
    expect(await decoded).to.equal('crashed');
    expect(await decoder.run(small, clean)).to.include({ width: 60, height: 40 });
  });

  it('end at their deadline', async () => {
    const decoder = open({ timeoutMs: 1 });
    expect(await decoder.run(noise, slow)).to.equal('too-slow');
    expect(await decoder.run(noise, slow)).to.equal('too-slow');
  });

  it('end at their bound of memory', async () => {
    expect(await open({ maxMb: 1 }).run(noise, slow)).to.equal('too-large');
  });

  it('refuse more than may wait', async () => {
    const decoder = open({ maxWaiting: 1 });
    const first = decoder.run(small, clean);
    const second = decoder.run(small, clean);
    expect(await decoder.run(small, clean)).to.equal('busy');
    expect(await Promise.all([first, second])).to.have.deep.nested.property('[1].width', 60);
  });

  it('end what waits when they stop', async () => {
    const decoder = open();
    const both = [decoder.run(noise, slow), decoder.run(small, clean)];
    decoder.stop();
    expect(await Promise.all(both)).to.deep.equal(['stopped', 'stopped']);
    expect(await decoder.run(small, clean)).to.equal('stopped');
  });

  it('have none of the passwords of the service', async () => {
    const decoder = open();
    await decoder.run(small, clean);
    const { readFile } = await import('node:fs/promises');
    const environment = await readFile(`/proc/${decoder.pids()[0]}/environ`, 'latin1');
    expect(environment.split('\0').map((line) => line.split('=')[0])).to.have.members([
      'MALLOC_ARENA_MAX',
      'UV_THREADPOOL_SIZE',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
      '',
    ]);
  });
});
