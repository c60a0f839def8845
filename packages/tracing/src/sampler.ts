import type { TracingSettings } from '@florin/runtime';
import { type Context, createContextKey } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

const IS_RECORDED = createContextKey('florin: recorded because of a member');

/** Marks the context of a span that is recorded whatever the sampler says: it is the work of a set with a sampled member. */
export function recorded(context: Context): Context {
  return context.setValue(IS_RECORDED, true);
}

/** Creates the sampler of `OTEL_TRACES_SAMPLER`, by the names and meanings of OpenTelemetry. */
export function createSampler({ sampler, ratio }: Pick<TracingSettings, 'sampler' | 'ratio'>): Sampler {
  const chosen = samplerOf(sampler, ratio);
  return {
    shouldSample: (context, traceId, ...rest) =>
      context.getValue(IS_RECORDED) === true
        ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
        : chosen.shouldSample(context, traceId, ...rest),
    toString: () => chosen.toString(),
  };
}

function samplerOf(name: TracingSettings['sampler'], ratio: number): Sampler {
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}
