import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { securityEvents } from '@florin/runtime';
import { expect } from 'chai';

describe('the security events', () => {
  it('are each described in docs/operations.md', async () => {
    const text = await readFile(join(import.meta.dirname, '../docs/operations.md'), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    for (const event of Object.keys(securityEvents))
      expect(
        rows.some((row) => row.split('|')[1]?.includes(`\`${event}\``)),
        event,
      ).to.equal(true);
  });
});
