import { type Endpoint, endpoint, pascalCase, reply } from '@florin/http';
import { named, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { readStatus, type StatusParts } from './read-status.ts';
import { switchSchema } from './switch-routes.ts';

const number = Joi.number().allow(null).required();
const text = Joi.string().required();
const listOf = (fields: Readonly<Record<string, Joi.Schema>>) => Joi.array().items(Joi.object(fields)).required();

const statusSchema = named(
  'ServiceStatus',
  Joi.object({
    service: text,
    version: text.description('Version of the release'),
    instance: text.description('Host and process id of the instance that answered'),
    upSeconds: wholeNumber().required(),
    status: Joi.string().valid('ok', 'degraded', 'unavailable').required().description('As /health/ready'),
    reasons: Joi.array().items(Joi.string()).required(),
    checks: Joi.object().pattern(Joi.string(), Joi.string()).required(),
    outbox: Joi.object({ rows: number, oldestAgeSeconds: number, parkedKeys: number }).required(),
    consumer: listOf({ topic: text, lagMessages: number, lagSeconds: number }),
    deadLetters: number,
    parkedKeys: number.description('Keys whose messages wait behind a dead letter'),
    clocks: listOf({ to: text, differenceSeconds: Joi.number().required() }),
    invariants: listOf({ invariant: text, violations: number, checkAgeSeconds: number }),
    jobs: listOf({ job: text, lastSuccess: time().allow(null).required() }),
    switches: Joi.array().items(switchSchema).required(),
  }),
);

/** `GET /v1/<service>/status`: what one instance knows of itself, for operators. */
export function statusRoutes(service: string, parts: StatusParts): Endpoint[] {
  return [
    endpoint({
      operationId: `get${pascalCase(service)}Status`,
      method: 'get',
      path: `/v1/${service}/status`,
      summary: 'Read the status of this service',
      description: 'As the instance that answers knows it. A measure that was never taken is null.',
      access: 'admin',
      answers: { 200: { description: 'The status', data: statusSchema } },
      handle: async () => reply(200, await readStatus(service, parts)),
    }),
  ];
}
