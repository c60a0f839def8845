import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { shots } from './shots.ts';

const folder = join(import.meta.dirname, '../../docs/images');
const MAX_BYTES = 60_000;

describe('the pictures of README and docs', () => {
  it('are those of npm run screenshots, and no others', () => {
    expect(existsSync(folder) ? readdirSync(folder) : []).to.have.members(shots.map(({ name }) => `${name}.png`));
  });

  for (const { name } of shots)
    it(`include ${name} in at most ${MAX_BYTES} bytes`, () => {
      expect(statSync(join(folder, `${name}.png`)).size).to.be.within(1_000, MAX_BYTES);
    });
});
