import { expect } from 'chai';
import Joi, { type Schema } from 'joi';
import { AppError, validate } from '../src/index.ts';

const order = Joi.object({
  name: Joi.string().required(),
  quantity: Joi.number().integer().min(1).required(),
  gift: Joi.boolean(),
  items: Joi.array().items(Joi.object({ id: Joi.string().guid().required() })),
});

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

function failureOf(schema: Schema, input: unknown, options?: { isText?: boolean }): AppError {
  try {
    validate(schema, input, options);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The input was accepted.');
}

describe('validate', () => {
  it('returns valid input, with defaults', () => {
    expect(validate(order.keys({ limit: Joi.number().default(20) }), { name: 'tea', quantity: 1 })).to.deep.equal({
      name: 'tea',
      quantity: 1,
      limit: 20,
    });
  });

  it('reports every fault at once, each with its path', () => {
    const failure = failureOf(order, { quantity: 0, gift: 'maybe', items: [{ id: 'x' }, {}], colour: 'red' });
    expect(failure).to.include({ code: 'VALIDATION_FAILED', status: 422 });
    expect(failure.errors?.map(({ path }) => path)).to.have.members([
      'name',
      'quantity',
      'gift',
      'items.0.id',
      'items.1.id',
      'colour',
    ]);
    expect(failure.errors).to.deep.include({ path: 'name', message: 'name is required' });
    expect(failure.errors).to.deep.include({ path: 'colour', message: 'colour is not allowed' });
  });

  for (const input of [undefined, null, [], 'text', 5]) {
    it(`rejects ${JSON.stringify(input)} if an object is required`, () => {
      expect(failureOf(order.required(), input).errors).to.have.length(1);
    });
  }

  for (const [field, value] of Object.entries({ quantity: '5', gift: 'true', name: 5 })) {
    it(`rejects ${JSON.stringify(value)} for ${field} in a body`, () => {
      expect(failureOf(order, { name: 'tea', quantity: 5, [field]: value }).errors).to.have.nested.property('[0].path', field);
    });
  }

  it('parses numbers and booleans from text input', () => {
    const input = { name: 'tea', quantity: '5', gift: 'true' };
    expect(validate(order, input, { isText: true })).to.deep.equal({ name: 'tea', quantity: 5, gift: true });
  });

  for (const quantity of ['5x', '', ' ', '1.5', '1e400', '9007199254740993', 'NaN', 'Infinity', ['1', '2']]) {
    it(`does not read ${JSON.stringify(quantity)} as a number`, () => {
      expect(failureOf(order, { name: 'tea', quantity }, { isText: true }).errors).to.have.nested.property(
        '[0].path',
        'quantity',
      );
    });
  }

  it('reports only that a repeated parameter is repeated', () => {
    const query = { name: ['tea', 'tea'], quantity: ['0', 'x', '2'], gift: 'maybe', colour: ['red', 'blue'] };
    expect(failureOf(order, query, { isText: true }).errors).to.deep.equal([
      { path: 'name', message: 'name was given more than once' },
      { path: 'quantity', message: 'quantity was given more than once' },
      { path: 'gift', message: 'gift must be a boolean' },
      { path: 'colour', message: 'colour is not allowed' },
    ]);
  });

  it('rejects a repeated parameter even if its schema allows anything', () => {
    const { errors } = failureOf(Joi.object({ q: Joi.any() }), { q: ['a', 'b'] }, { isText: true });
    expect(errors).to.deep.equal([{ path: 'q', message: 'q was given more than once' }]);
  });

  for (const quantity of [1.5, -1, 0, 1e21, Number.MAX_SAFE_INTEGER + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`rejects the number ${quantity}`, () => {
      expect(failureOf(order, { name: 'tea', quantity }).errors).to.have.nested.property('[0].path', 'quantity');
    });
  }

  it('reports at most fifty faults', () => {
    const input = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field${n}`, n]));
    expect(failureOf(order, input).errors).to.have.length(50);
  });

  for (const [text, path] of [
    ['{"name":"tea","quantity":1,"__proto__":{"isAdmin":true}}', '__proto__'],
    ['{"name":"tea","quantity":1,"\\u005f_proto__":null}', '__proto__'],
    [`{"name":"tea","quantity":1,"items":[{"id":"${ID}"},{"id":"${ID}","__proto__":1}]}`, 'items.1.__proto__'],
  ] as const) {
    it(`rejects ${path} like any unknown field: ${text.slice(0, 40)}`, () => {
      expect(failureOf(order, JSON.parse(text)).errors).to.deep.equal([{ path, message: `${path} is not allowed` }]);
    });
  }

  it('reports __proto__ among other faults', () => {
    const { errors } = failureOf(order, JSON.parse('{"name":5,"quantity":1,"__proto__":{},"colour":1}'));
    expect(errors?.map(({ path }) => path)).to.have.members(['name', 'colour', '__proto__']);
  });

  it('stops collecting faults', () => {
    let checks = 0;
    const id = Joi.any().custom((_value: unknown, helpers) => {
      checks++;
      return helpers.error('any.invalid');
    });
    const element = Joi.object({ id });
    const list = Joi.object({ list: Joi.array().items(element).max(100) });
    const { errors } = failureOf(list, { list: Array.from({ length: 10_000 }, () => ({ id: 1 })) });
    expect(errors).to.have.length(50);
    expect(checks).to.be.at.most(102);
  });

  it('applies further rules of a text that is too long to its beginning alone', () => {
    const lengths: number[] = [];
    const text = Joi.string()
      .max(10)
      .custom((value: string) => {
        lengths.push(value.length);
        return value;
      });
    expect(failureOf(Joi.object({ text }), { text: 'a'.repeat(10_000) }).errors).to.have.length(1);
    expect(lengths).to.deep.equal([11]);
  });
});
