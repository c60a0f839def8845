/**
 * What Grafana reads of a dashboard (JSON model, schema version 42) and what a panel of Florin must have. The types of
 * @grafana/grafana-foundation-sdk check the rest when the dashboards are compiled.
 */
export const dashboardSchema = {
  type: 'object',
  required: ['uid', 'title', 'description', 'tags', 'schemaVersion', 'time', 'refresh', 'templating', 'links', 'panels'],
  properties: {
    uid: { type: 'string', pattern: '^[a-z-]{1,40}$' },
    title: { type: 'string', pattern: '^Florin / ' },
    tags: { type: 'array', contains: { const: 'florin' } },
    schemaVersion: { const: 42 },
    editable: { const: false },
    templating: {
      type: 'object',
      properties: {
        list: {
          type: 'array',
          allOf: ['datasource', 'service', 'instance', 'docs'].map((name) => ({
            contains: { type: 'object', required: ['name', 'type'], properties: { name: { const: name } } },
          })),
        },
      },
    },
    panels: { type: 'array', minItems: 1, items: { oneOf: [{ $ref: '#/$defs/row' }, { $ref: '#/$defs/panel' }] } },
  },
  $defs: {
    gridPos: {
      type: 'object',
      required: ['x', 'y', 'w', 'h'],
      properties: {
        x: { type: 'integer', minimum: 0, maximum: 23 },
        y: { type: 'integer', minimum: 0 },
        w: { type: 'integer', minimum: 1, maximum: 24 },
        h: { type: 'integer', minimum: 1 },
      },
    },
    row: {
      type: 'object',
      required: ['type', 'title', 'gridPos'],
      properties: { type: { const: 'row' }, title: { type: 'string', minLength: 1 }, gridPos: { $ref: '#/$defs/gridPos' } },
    },
    panel: {
      type: 'object',
      required: ['type', 'id', 'title', 'description', 'gridPos', 'datasource', 'fieldConfig', 'targets'],
      properties: {
        type: { enum: ['timeseries', 'stat'] },
        id: { type: 'integer', minimum: 1 },
        title: { type: 'string', minLength: 1 },
        description: { type: 'string', minLength: 10 },
        gridPos: { $ref: '#/$defs/gridPos' },
        datasource: { $ref: '#/$defs/datasource' },
        fieldConfig: {
          type: 'object',
          properties: {
            defaults: {
              type: 'object',
              required: ['unit', 'thresholds'],
              properties: {
                unit: { enum: ['s', 'short', 'percentunit', 'reqps', 'ops', 'bytes'] },
                thresholds: { type: 'object', required: ['mode', 'steps'] },
              },
            },
          },
        },
        targets: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['refId', 'expr', 'legendFormat', 'datasource'],
            properties: {
              refId: { type: 'string', pattern: '^[A-Z]$' },
              expr: { type: 'string', minLength: 1 },
              legendFormat: { type: 'string', minLength: 1 },
              datasource: { $ref: '#/$defs/datasource' },
            },
          },
        },
      },
    },
    datasource: {
      type: 'object',
      required: ['type', 'uid'],
      properties: { type: { const: 'prometheus' }, uid: { const: '$datasource' } },
    },
  },
} as const;
