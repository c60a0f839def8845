import { expect } from 'chai';
import { faultKinds } from './draw-fault.ts';
import { readArguments } from './read-arguments.ts';

describe('readArguments', () => {
  const argumentsOf = (...given: string[]) => {
    const outcome = readArguments(given);
    if (outcome.kind !== 'run') throw new Error(JSON.stringify(outcome));
    return outcome.arguments;
  };

  it('runs five minutes with every fault and a seed of its own where nothing is said', () => {
    const { seed, ...rest } = argumentsOf();
    expect(seed).to.be.within(0, 1_000_000);
    expect(rest).to.deep.equal({ minutes: 5, faults: [...faultKinds], isJson: false });
  });

  it('takes what is said', () => {
    const given = ['--seed', '7', '--minutes', '0.5', '--faults', 'kill,stop', '--report', 'run.html', '--json'];
    expect(argumentsOf(...given)).to.deep.equal({
      seed: 7,
      minutes: 0.5,
      faults: ['kill', 'stop'],
      reportPath: 'run.html',
      isJson: true,
    });
  });

  it('runs all mutants, or those that are named', () => {
    expect(argumentsOf('--mutants')).to.have.property('mutants').that.deep.equals([]);
    expect(argumentsOf('--mutants=no-inbox,rounds-dropped'))
      .to.have.property('mutants')
      .that.deep.equals(['no-inbox', 'rounds-dropped']);
    expect(argumentsOf('--mutants', 'no-inbox')).to.have.property('mutants').that.deep.equals(['no-inbox']);
  });

  for (const given of [['--seed', 'x'], ['--seed', '-1'], ['--minutes', '0'], ['--faults', 'flood'], ['--speed'], ['stray']]) {
    it(`refuses ${given.join(' ')}`, () => {
      expect(readArguments(given)).to.have.property('kind', 'wrong');
    });
  }

  it('shows how it is used', () => {
    expect(readArguments(['--help'])).to.deep.equal({ kind: 'help' });
  });
});
