import { amountMinor, currency, email, id, named, referenceTo, time, undocumented } from '@florin/values';
import { expect } from 'chai';
import Joi from 'joi';
import { createSchemaWriter } from '../src/schema-writer.ts';

const author = named('Author', Joi.object({ name: Joi.string().required() }));
const book = named(
  'Book',
  Joi.object({
    id: id().required(),
    author: author.required().description('Who wrote it'),
    editor: author.allow(null),
    sequels: Joi.array().items(referenceTo('Book')),
    former: undocumented(time()),
  }),
);

describe('the schemas of the API document', () => {
  it('have each named type once, and references where it is used', () => {
    const { write, components } = createSchemaWriter();
    expect(write(Joi.object({ data: book.required(), books: Joi.array().items(book) }), 'answer')).to.deep.equal({
      type: 'object',
      properties: {
        data: { $ref: '#/components/schemas/Book' },
        books: { type: 'array', items: { $ref: '#/components/schemas/Book' } },
      },
      required: ['data'],
    });
    expect(Object.keys(components)).to.have.members(['Author', 'Book']);
    expect(components['Book']?.['properties']).to.deep.include({
      author: { $ref: '#/components/schemas/Author', description: 'Who wrote it' },
      editor: { anyOf: [{ $ref: '#/components/schemas/Author' }, { type: 'null' }] },
      sequels: { type: 'array', items: { $ref: '#/components/schemas/Book' } },
    });
  });

  it('leave out undocumented fields', () => {
    const { write, components } = createSchemaWriter();
    write(book, 'answer');
    expect(components['Book']?.['properties']).to.not.have.property('former');
  });

  it('refuse one name for two types', () => {
    const { write } = createSchemaWriter();
    write(author, 'answer');
    expect(() => write(author.keys({ born: time() }), 'answer')).to.throw('two schemas have the name Author');
    expect(() => write(author.required().description('Another use'), 'answer')).to.not.throw();
  });

  it('close requests and leave answers open for later fields', () => {
    const { write } = createSchemaWriter();
    const schema = Joi.object({ name: Joi.string() });
    expect(write(schema, 'request')).to.have.property('additionalProperties', false);
    expect(write(schema, 'answer')).to.not.have.property('additionalProperties');
  });

  it('say what a kind of value may be', () => {
    const { write } = createSchemaWriter();
    expect(write(amountMinor().invalid(0), 'request')).to.deep.include({ format: 'int64', not: { const: 0 } });
    expect(write(amountMinor(), 'request')).to.not.have.property('not');
    expect(write(currency(), 'request')).to.include({ pattern: '^[A-Za-z]{3}$' });
    expect(write(email(), 'request')).to.include({ format: 'email' });
  });
});
