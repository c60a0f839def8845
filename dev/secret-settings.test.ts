import { readSettings, secretSettings } from '@florin/runtime';
import { expect } from 'chai';
import type { ObjectSchema } from 'joi';
import { loadSettings } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';

/** Names of passwords, keys, and addresses that contain a password. */
const LOOKS_SECRET = /(PASSWORD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|KEYS?|DATABASE_URL)(_PREVIOUS|_OLD|_NEXT)?$/;

describe('the settings of each service', () => {
  for (const service of serviceNames) {
    it(`are marked as secret where the name is that of a password, a key or a database's address: ${service}`, async () => {
      const schema = await loadSettings(service);
      const named = Object.keys((schema.describe() as { keys: object }).keys).filter((name) => LOOKS_SECRET.test(name));
      expect(named).to.include.members(['CURSOR_KEY', `${service.toUpperCase()}_DATABASE_URL`]);
      expect(secretSettings(schema)).to.include.members(named);
    });

    it(`show no secret in an error: ${service}`, async () => {
      const schema = await loadSettings(service);
      for (const name of secretSettings(schema)) expect(errorOf(schema, name), name).to.not.include('Hush!');
    });
  }
});

function errorOf(schema: ObjectSchema, name: string): string {
  try {
    readSettings(schema, { NODE_ENV: 'production', [name]: 'Hush!' });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
