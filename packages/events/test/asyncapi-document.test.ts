import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import fc from 'fast-check';
import { asyncApiDocument, dataSchemas, type EventType, eventTypes, makeEvent } from '../src/index.ts';
import { sampleData } from './sample-data.ts';

const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (validator: Ajv2020) => void)(ajv);

describe('the AsyncAPI document', () => {
  it('has no fault by the rules of AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApiDocument()));
    // A hint that AsyncAPI has a newer version is no fault.
    const faults = diagnostics.filter(({ severity }) => severity < 2).map(({ message, path }) => `${path.join('.')}: ${message}`);
    expect(faults).to.deep.equal([]);
    const messages = document?.allMessages().all() ?? [];
    expect(messages.map((message) => message.name())).to.have.members(eventTypes);
  });

  it('is what npm run docs writes: run it and commit the result', () => {
    const written = readFileSync(new URL('../../../docs/api/events.json', import.meta.url), 'utf8');
    expect(JSON.parse(written)).to.deep.equal(asyncApiDocument());
  });

  it('describes the events that producers make', () => {
    // Ajv takes the document's `id` for one of an older draft.
    const { id: _, ...document } = asyncApiDocument();
    ajv.addSchema(document, 'events');
    for (const type of eventTypes) {
      const validate = ajv.compile({ $ref: `events#/components/messages/${type}/payload` });
      const { event } = sampleEvent(type);
      expect(validate(event), `${type}: ${ajv.errorsText(validate.errors)}`).to.equal(true);
    }
  });
});

describe('the dataschema of an event', () => {
  it('is the id of the schema that its data matches', () => {
    const schemas = new Ajv2020({ strict: false, schemas: Object.values(dataSchemas()) });
    (addFormats as unknown as (validator: Ajv2020) => void)(schemas);
    for (const type of eventTypes) {
      const { event } = sampleEvent(type);
      const validate = schemas.getSchema(event.dataschema);
      expect(validate, event.dataschema).to.be.a('function');
      expect(validate?.(event.data), `${type}: ${schemas.errorsText(validate?.errors)}`).to.equal(true);
      expect(validate?.({ ...event.data, userId: 7 }), type).to.equal(false);
    }
  });
});

function sampleEvent(type: EventType) {
  const [data] = fc.sample(sampleData[type] as fc.Arbitrary<never>, 1);
  return makeEvent(type, { sequence: 1, data: data as never });
}
