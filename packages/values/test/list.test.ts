import { expect } from 'chai';
import Joi from 'joi';
import { kindOf, list } from '../src/index.ts';

describe('list', () => {
  let checks = 0;
  const lines = list(10)
    .min(1)
    .items(
      Joi.any().custom((value: unknown) => {
        checks++;
        return value;
      }),
    )
    .unique();
  beforeEach(() => {
    checks = 0;
  });

  for (const options of [{}, { abortEarly: false, convert: false }])
    it(`counts the elements before it checks them, with ${JSON.stringify(options)}`, () => {
      const { error } = lines.validate(Array(10_000).fill(1), options);
      expect(error?.details.map(({ message }) => message)).to.deep.equal(['"value" must contain less than or equal to 10 items']);
      expect(checks).to.equal(0);
    });

  it('applies its rules and those of its elements', () => {
    expect(lines.validate([1, 2]).value).to.deep.equal([1, 2]);
    expect(checks).to.equal(2);
    for (const bad of [[], [1, 1], 'tea', {}, null])
      expect(lines.validate(bad).error, JSON.stringify(bad)).to.not.equal(undefined);
  });

  it('is a kind, whatever rules are added', () => {
    expect(kindOf(lines)).to.equal('list');
  });
});
