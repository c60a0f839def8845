import { inspectService } from '@florin/service';
import { expect } from 'chai';
import { loadDefinition } from '../platform/load-service.ts';
import { serviceNames } from '../platform/service-names.ts';
import { allChecks } from './all-checks.ts';

describe('the checks of npm run audit', () => {
  for (const name of serviceNames)
    it(`contain every invariant of the features of ${name}`, async () => {
      const { invariants } = inspectService(await loadDefinition(name));
      const forgotten = invariants.map(({ check }) => check).filter((check) => !allChecks.has(check));
      expect(forgotten, `add them to servers/${name}/src/invariants.ts`).to.deep.equal([]);
    });
});
