import { readKafkaDriver } from '@florin/runtime';
import { expect } from 'chai';
import { faultKinds } from './draw-fault.ts';
import { readArguments } from './read-arguments.ts';

describe('readArguments', () => {
  const argumentsOf = (...given: string[]) => {
    const outcome = readArguments(given);
    if (outcome.kind !== 'run') throw new Error(JSON.stringify(outcome));
    return outcome.arguments;
  };

  it('runs five minutes with every fault and a random seed by default', () => {
    const { seed, ...rest } = argumentsOf();
    expect(seed).to.be.within(0, 1_000_000);
    expect(rest).to.deep.equal({
      minutes: 5,
      faults: [...faultKinds],
      driver: readKafkaDriver(process.env),
      isJson: false,
      isSecured: false,
    });
  });

  it('reads every option', () => {
    const given = [
      '--seed',
      '7',
      '--minutes',
      '0.5',
      '--faults',
      'kill,stop',
      '--report',
      'run.html',
      '--json',
      '--secured',
      '--driver',
      'platformatic',
    ];
    expect(argumentsOf(...given)).to.deep.equal({
      seed: 7,
      minutes: 0.5,
      faults: ['kill', 'stop'],
      reportPath: 'run.html',
      driver: 'platformatic',
      isJson: true,
      isSecured: true,
    });
  });

  it('runs all mutants, or the named ones', () => {
    expect(argumentsOf('--mutants')).to.have.property('mutants').that.deep.equals([]);
    expect(argumentsOf('--mutants=no-inbox,ordered-groups-dropped'))
      .to.have.property('mutants')
      .that.deep.equals(['no-inbox', 'ordered-groups-dropped']);
    expect(argumentsOf('--mutants', 'no-inbox')).to.have.property('mutants').that.deep.equals(['no-inbox']);
  });

  for (const given of [
    ['--seed', 'x'],
    ['--seed', '-1'],
    ['--minutes', '0'],
    ['--faults', 'flood'],
    ['--driver', 'rdkafka'],
    ['--speed'],
    ['stray'],
  ]) {
    it(`rejects ${given.join(' ')}`, () => {
      expect(readArguments(given)).to.have.property('kind', 'wrong');
    });
  }

  it('prints its help', () => {
    expect(readArguments(['--help'])).to.deep.equal({ kind: 'help' });
  });
});
