import { AppError, requestErrors } from '@florin/app-response';
import { runTransaction } from '@florin/database';
import { type Endpoint, endpoint, pascalCase, reply } from '@florin/http';
import { line, named, time, token } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type SwitchChange, setSwitch } from './set-switch.ts';
import type { Switches, SwitchState } from './watch-switches.ts';

const MAX_NAME_LENGTH = 100;
/** In UTF-16 units. */
const MAX_REASON_LENGTH = 200;

const nameParams = Joi.object<{ name: string }, true>({ name: token(MAX_NAME_LENGTH).required() });

const switchBody = Joi.object<SwitchChange, true>({
  isOn: Joi.boolean().required().description('true throws the switch, false takes it back'),
  reason: line(MAX_REASON_LENGTH).required(),
  until: time().description('The switch ends by itself at this time. Only with isOn: true'),
});

export const switchSchema = named(
  'Switch',
  Joi.object({
    name: Joi.string().required(),
    effect: Joi.string().required().description('What happens while the switch is on'),
    isOn: Joi.boolean().required(),
    reason: Joi.string().allow('').required().description('Of the last change'),
    since: time().allow(null).required().description('When it got its state; null: it was never thrown'),
    until: time().allow(null).required().description('When it ends by itself; null: somebody has to take it back'),
    by: Joi.string().allow(null).required().description('User id or name of who changed it last'),
  }),
);

/** Lets admins stop and pause parts of the service without a release. Works while Kafka is away. */
export function switchRoutes(service: string, { db, switches }: { db: Knex; switches: Switches }): Endpoint[] {
  const path = `/v1/${service}/switches`;
  const list = endpoint({
    operationId: `list${pascalCase(service)}Switches`,
    method: 'get',
    path,
    summary: 'List the switches of this service',
    access: 'admin',
    answers: { 200: { description: 'All switches, on or off', data: Joi.array().items(switchSchema) } },
    handle: async () => reply(200, switches.list().map(presentSwitch)),
  });
  if (switches.list().length === 0) return [list];
  const set = endpoint({
    operationId: `set${pascalCase(service)}Switch`,
    method: 'put',
    path: `${path}/:name`,
    summary: 'Throw a switch, or take it back',
    description: 'All instances follow within a second. Repeating a change answers the same.',
    access: 'admin',
    needsFreshRevocations: false,
    params: nameParams,
    body: switchBody,
    example: { params: { name: 'pause-consumer' }, body: { isOn: false, reason: 'The cause is corrected' } },
    answers: { 200: { description: 'The switch', data: switchSchema } },
    async handle({ params: { name }, body, user }) {
      const find = (): SwitchState | undefined => switches.list().find((one) => one.name === name);
      if (find() === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `${service} has no switch ${name}.` });
      const after = await runTransaction(db, (trx) => setSwitch(trx, name, { ...body, actor: { actorId: user.id } }));
      await switches.read();
      return reply(200, presentSwitch({ ...(find() as SwitchState), ...after }));
    },
  });
  return [list, set];
}

export function presentSwitch({ since, until, ...state }: SwitchState) {
  return { ...state, since: since?.toISOString() ?? null, until: until?.toISOString() ?? null };
}
