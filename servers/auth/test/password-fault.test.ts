import { expect } from 'chai';
import { ownWords, withoutWords } from '../src/credentials/own-words.ts';
import { passwordFault, passwordLists } from '../src/credentials/password-fault.ts';
import { createPasswords } from '../src/credentials/passwords.ts';
import { demoAccounts } from '../src/demo-accounts.ts';

const owner = { email: 'margaret.smith@bakery.example', name: 'Margaret Hamilton-Smith' };

describe('a new password', () => {
  const refused: Record<string, string[]> = {
    'one of the most common': ['password', 'Password123', 'iloveyou', 'PASSW0RD', 'ｐａｓｓｗｏｒｄ', 'football1'],
    'a common password or word with little added': ['password2!', 'elephant12', 'p4ssw0rd99'],
    'a keyboard walk': ['qwertyuiop', 'zxcvbnm,./', '1qaz2wsx3edc', 'asdfghjkl;', 'qwertzuiop'],
    'a repetition': ['aaaaaaaa', '        ', 'x'.repeat(128), 'abcabcabcabc', '123123123', 'ababababab'],
    'a sequence': ['987654321', 'abcdefgh', 'ABCDEFGHIJKL', '2468101214'],
    'a date': ['19.04.1987', '1987-04-19', '19041987', '04/19/1987'],
    'the own words': [
      owner.email,
      'margaret1',
      'Margaret2024!',
      'MARGARET smith',
      'hamilton-smith',
      'smith.margaret',
      'bakery123',
      'florin123',
      'Florin-2026',
    ],
    'a demo password': Object.values(demoAccounts).map(({ password }) => password),
  };
  for (const [kind, passwords] of Object.entries(refused)) {
    for (const password of passwords) {
      it(`is not ${kind}: ${JSON.stringify(password.slice(0, 40))}`, () => {
        expect(passwordFault(password, owner)).to.be.a('string');
      });
    }
  }

  for (const good of [
    'correct horse battery',
    'another password',
    '\u{1f40e}\u{1f50b}\u{1f3e0}\u{1f6f6}\u{1f40e}\u{1f680}\u{1f951}\u{1f9ca}',
    'kX3#pQ9z',
    'margaret walks slowly',
    'wolkig mit Aussicht',
    `${'a'.repeat(100)}kX3#pQ9zT!`,
  ]) {
    it(`may be ${JSON.stringify(good.slice(0, 40))}: there are no rules of composition`, () => {
      expect(passwordFault(good, owner)).to.equal(undefined);
    });
  }

  it('is told what is wrong with it', () => {
    expect(passwordFault('Password123')).to.equal('is one of the most common passwords: choose another');
    expect(passwordFault('aaaaaaaa')).to.equal('repeats itself: choose another');
    expect(passwordFault('1qaz2wsx3edc4rfv')).to.match(/: choose another$/);
    expect(passwordFault('margaret1', owner)).to.match(/^has little else than a word of your name/);
  });

  it('is looked up in a list of this size', () => {
    expect(passwordLists.passwords).to.have.length(49_233);
    expect(passwordLists.words).to.have.length(7_776);
  });

  it('is checked for at most twice the processor time of its hash, whatever it is', async () => {
    const passwords = createPasswords();
    const hostile = [
      '4@8({[<369&#!1|0$5+7%2'.repeat(6),
      'abcabcabd'.repeat(15),
      'password'.repeat(16),
      '1.1.11/1/11'.repeat(12),
      'x'.repeat(128),
      'qazwsxedc'.repeat(15),
    ].map((text) => text.slice(0, 128));
    const many = { email: `${'abcd.'.repeat(48)}a@bcde.example`, name: 'word '.repeat(20) };
    for (const text of [...hostile, ...hostile]) passwordFault(text, many);
    for (const text of hostile) {
      const check = await processorUs(() => passwordFault(text, many));
      const hash = await processorUs(() => passwords.hash(text));
      expect(check / hash, text).to.be.lessThan(2);
    }
  });
});

describe('the own words of a user', () => {
  it('are those of four letters and more, the longest first', () => {
    expect(ownWords({ email: 'Bo.Margaret42@x-ray.example', name: 'Zoë Ñandú' })).to.include.members([
      'bo.margaret42@x-ray.example',
      'bo.margaret42',
      'margaret42',
      'margaret',
      'example',
      'ñandú',
      'florin',
    ]);
    expect(ownWords({ email: 'bo@x.yz', name: 'Zoë' }))
      .to.include('florin')
      .and.not.include('zoë');
  });

  it('are taken out in any case, and the rest keeps its case', () => {
    expect(withoutWords('xFLORINyFlorinZ', ['florin'])).to.equal('xyZ');
    expect(withoutWords('İFlorinX', ['florin'])).to.have.length.lessThan(5);
  });
});

/** Processor time of many rounds in microseconds: the system counts it in ticks, so one round says little. */
async function processorUs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let round = 0; round < 10; round++) await work();
  return process.cpuUsage(before).user;
}
