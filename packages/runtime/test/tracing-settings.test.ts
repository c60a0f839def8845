import { expect } from 'chai';
import Joi from 'joi';
import { processConfig, processSettings, readSettings } from '../src/index.ts';

const read = (environment: Record<string, string>) =>
  processConfig(readSettings(Joi.object(processSettings), { KAFKA_BROKERS: 'a:1', ...environment })).tracing;

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318' };

describe('the settings of traces', () => {
  it('switch them on by the endpoint alone', () => {
    expect(read({ OTEL_TRACES_SAMPLER: 'always_on' })).to.equal(undefined);
    expect(read(ENDPOINT)).to.deep.equal({
      endpoint: 'https://collector.example:4318',
      headers: {},
      sampler: 'parentbased_traceidratio',
      ratio: 1,
      resourceAttributes: {},
    });
  });

  it('decode headers and attributes', () => {
    const pairs = { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a%3D,x=1=2', OTEL_RESOURCE_ATTRIBUTES: 'zone=a%2Cb' };
    expect(read({ ...ENDPOINT, ...pairs })).to.deep.include({
      headers: { authorization: 'Bearer a=', x: '1=2' },
      resourceAttributes: { zone: 'a,b' },
    });
  });

  it('are rejected if they are malformed, without showing a header', () => {
    const wrong: Record<string, string>[] = [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:hush@collector.example' },
      { OTEL_EXPORTER_OTLP_HEADERS: 'hush' },
      { OTEL_EXPORTER_OTLP_HEADERS: 'a=hush,' },
      { OTEL_EXPORTER_OTLP_HEADERS: 'a=hush%zz' },
      { OTEL_EXPORTER_OTLP_HEADERS: 'a=hush\nb' },
      { OTEL_TRACES_SAMPLER: 'jaeger_remote' },
      { OTEL_TRACES_SAMPLER_ARG: '1.1' },
    ];
    for (const environment of wrong)
      expect(() => read({ ...ENDPOINT, ...environment }), JSON.stringify(environment))
        .to.throw(Object.keys(environment)[0] ?? '')
        .with.property('message')
        .that.does.not.include('hush');
  });
});
