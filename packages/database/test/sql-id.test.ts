import { expect } from 'chai';
import { idBytes, newId, sqlId } from '../src/index.ts';

describe('sqlId', () => {
  it('writes the same 16 bytes as idBytes', () => {
    const id = newId();
    expect(sqlId(id).toSqlString()).to.equal(`X'${idBytes(id).toString('hex')}'`);
  });

  for (const text of ['', 'x', "'; DROP TABLE purchases; --", `${newId()}0`, newId().slice(1), newId().replace('-', "'")])
    it(`throws for ${JSON.stringify(text.slice(0, 30))}, which is no id`, () => {
      expect(() => sqlId(text)).to.throw('not an id');
    });
});
