import { expect } from 'chai';
import { cpuBetween, readCpu, readMemoryBytes } from './read-cpu.ts';

describe('readCpu', () => {
  it('grows with the work of this process', () => {
    const before = readCpu({ self: process.pid });
    const startedAt = process.cpuUsage();
    while (process.cpuUsage(startedAt).user + process.cpuUsage(startedAt).system < 200_000);
    const used = cpuBetween(before, readCpu({ self: process.pid }))['self'];
    expect(used).to.be.within(150, 1_000);
  });

  it('leaves out a process that has ended', () => {
    expect(readCpu({ nobody: 2 ** 22 + 1 })).to.deep.equal({});
  });
});

describe('readMemoryBytes', () => {
  it('is close to the figure of Node', () => {
    const { rss } = process.memoryUsage();
    expect(readMemoryBytes(process.pid)).to.be.within(rss / 2, rss * 2);
  });
});
