import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadSettings } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { envExample } from './env-example.ts';

describe('.env.example', () => {
  it('is what npm run docs writes', async () => {
    expect(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')).to.equal(await envExample());
  });

  it('describes each setting in a sentence that contains its default', async () => {
    const schemas = await Promise.all(serviceNames.map(loadSettings));
    const names = new Set(schemas.flatMap((schema) => Object.keys((schema.describe() as { keys: object }).keys)));
    for (const [, description = '', name = '', value = ''] of (await envExample()).matchAll(/^# (.+)\n# ([A-Z_]+)=(.*)$/gm)) {
      if (!names.has(name)) continue;
      expect(description, name)
        .to.match(/^[A-Z][^.].*[^.]$/)
        .and.not.match(/\b(most|longest|so (many|long|often)|at once)\b/i);
      if (value !== '') expect(description, name).to.include(`(default ${value}`);
    }
  });

  it('has no name with MOST, LONGEST or AT_ONCE', async () => {
    expect(await envExample()).to.not.match(/^# \w*(MOST_|LONGEST_|AT_ONCE)\w*=/m);
  });
});
