import { idBytes, idText } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id, named, time, timeRange, token } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type Endpoint, endpoint } from './endpoint.ts';
import { pascalCase } from './pascal-case.ts';

type AuditQuery = PageRequest & { actorId?: string; action?: string; subject?: string; from?: Date; to?: Date };

const auditQuery = Joi.object<AuditQuery>({
  ...pageQuery,
  actorId: id().description('What this user did'),
  action: token(64).description('Such as user.disable'),
  subject: token(100).description('What was done to the thing with this id'),
  ...timeRange('Done'),
});

const auditEntrySchema = named(
  'AuditEntry',
  Joi.object({
    id: id().required(),
    at: time().required(),
    actorId: id().allow(null).required().description("null: an operator's command, or nobody who is signed in"),
    action: Joi.string().required(),
    subject: Joi.string().required(),
    before: Joi.any().description('What changed, as it was'),
    after: Joi.any().description('What changed, as it is since'),
    requestId: token(128).allow(null).required(),
  }),
);

/** `GET /v1/<service>/audit-log`: lists the audit log, newest first. */
export function auditLogRoutes(service: string, db: Knex): Endpoint[] {
  return [
    endpoint({
      operationId: `list${pascalCase(service)}AuditEntries`,
      method: 'get',
      path: `/v1/${service}/audit-log`,
      summary: 'List what admins did, newest first',
      access: 'admin',
      query: auditQuery,
      answers: { 200: { description: 'A page of the audit log', data: auditEntrySchema, isList: true } },
      async handle({ query }) {
        const page = await listAuditEntries(db, query);
        return {
          status: 200,
          body: pageEnvelope(page, presentEntry),
        };
      },
    }),
  ];
}

type AuditRow = {
  id: Buffer;
  actor_id: Buffer | null;
  action: string;
  subject: string;
  state_before: string | null;
  state_after: string | null;
  request_id: string | null;
  created_at: Date;
};

function listAuditEntries(db: Knex, { actorId, action, subject, from, to, ...page }: AuditQuery): Promise<Page<AuditRow>> {
  const query = db('audit_log');
  if (actorId !== undefined) query.where('actor_id', idBytes(actorId));
  if (action !== undefined) query.where({ action });
  if (subject !== undefined) query.where({ subject });
  if (from !== undefined) query.where('created_at', '>=', from);
  if (to !== undefined) query.where('created_at', '<', to);
  return keysetPage<AuditRow>(query, newestById, page);
}

function presentEntry(row: AuditRow) {
  return {
    id: idText(row.id),
    at: row.created_at.toISOString(),
    actorId: row.actor_id === null ? null : idText(row.actor_id),
    action: row.action,
    subject: row.subject,
    ...(row.state_before === null ? {} : { before: JSON.parse(row.state_before) as unknown }),
    ...(row.state_after === null ? {} : { after: JSON.parse(row.state_after) as unknown }),
    requestId: row.request_id,
  };
}
