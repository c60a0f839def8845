import DeleteIcon from '@mui/icons-material/Delete';
import { Alert, Box, Button, IconButton, TextField } from '@mui/material';
import { type FormEvent, useRef, useState } from 'react';
import { Page } from '../layout/page.tsx';
import { Section } from '../layout/section.tsx';
import { useProblemText } from '../layout/use-problem-text.ts';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { type CountLine, withCount, withResult, withScan } from './count-lines.ts';
import { findScanned } from './find-scanned.ts';

type Said = { severity: 'success' | 'error'; text: string };

/** Counts the stock with a scanner that types: each code and Enter is one unit. */
export function CountPage() {
  const text = useText();
  const florin = useFlorin();
  const problemText = useProblemText();
  const field = useRef<HTMLInputElement>(null);
  const [lines, setLines] = useState<readonly CountLine[]>([]);
  const latest = useRef(lines);
  const change = (how: (before: readonly CountLine[]) => readonly CountLine[]) => {
    latest.current = how(latest.current);
    setLines(latest.current);
  };
  const [said, setSaid] = useState<Said>();
  const [isPosting, setIsPosting] = useState(false);
  // A scanner types faster than the server answers: one code is looked up after the other, and none is lost.
  const queue = useRef(Promise.resolve());

  const count = async (code: string, at: string): Promise<void> => {
    try {
      const found = await findScanned(florin, code);
      const [product] = found;
      if (product === undefined) return setSaid({ severity: 'error', text: text('count.unknown', { code }) });
      if (found.length > 1) return setSaid({ severity: 'error', text: text('count.several', { code, count: found.length }) });
      if (product.options !== undefined)
        return setSaid({ severity: 'error', text: text('count.hasVariants', { name: product.name }) });
      change((before) => withScan(before, product, at));
      setSaid({ severity: 'success', text: text('count.counted', { name: product.name, count: latest.current[0]?.count ?? 0 }) });
    } catch (error) {
      setSaid({ severity: 'error', text: `${code}: ${problemText(error)}` });
    }
  };
  const scan = (event: FormEvent) => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? '';
    if (field.current) field.current.value = '';
    const at = new Date().toISOString();
    if (code !== '') queue.current = queue.current.then(() => count(code, at));
  };
  const post = async () => {
    setIsPosting(true);
    for (const line of lines.filter(({ result }) => result?.isDone !== true)) {
      const result = await postOne(line);
      change((before) => withResult(before, line.key, result));
    }
    setIsPosting(false);
  };
  const postOne = async ({ id, count: units, countedAt, key }: CountLine): Promise<NonNullable<CountLine['result']>> => {
    try {
      const params = { path: { id }, header: { 'Idempotency-Key': key } };
      const body = { reason: 'count' as const, count: units, countedAt };
      await florin.post('/v1/products/{id}/stock-movements', { params, body, idempotencyKey: key });
      return { isDone: true, text: text('count.posted') };
    } catch (error) {
      return { isDone: false, text: problemText(error) };
    }
  };
  return (
    <Page title={text('count.title')} above={[{ label: text('products.title'), to: '/products' }]}>
      <Box
        component="form"
        onSubmit={scan}
        sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', maxWidth: '36rem', flexWrap: 'wrap' }}
      >
        <TextField
          inputRef={field}
          label={text('count.scan')}
          helperText={text('count.scanHint')}
          autoComplete="off"
          sx={{ flex: '1 1 14rem' }}
          slotProps={{ htmlInput: { maxLength: 64, autoCapitalize: 'none', spellCheck: false } }}
        />
        <Button type="submit" variant="outlined" sx={{ minHeight: 56 }}>
          {text('count.add')}
        </Button>
      </Box>
      <Box aria-live="polite" sx={{ minHeight: 50 }}>
        {said && <Alert severity={said.severity}>{said.text}</Alert>}
      </Box>
      {lines.length > 0 && (
        <Section
          title={text('count.lines')}
          actions={
            <Button variant="contained" loading={isPosting} onClick={() => void post()}>
              {text('count.post')}
            </Button>
          }
        >
          <Lines lines={lines} onChange={(next) => change(() => next)} />
        </Section>
      )}
    </Page>
  );
}

function Lines({ lines, onChange }: { lines: readonly CountLine[]; onChange: (lines: readonly CountLine[]) => void }) {
  const text = useText();
  const change = (id: string, typed: string) => {
    if (/^\d{1,9}$/.test(typed)) onChange(withCount(lines, { id, count: Number(typed), at: new Date().toISOString() }));
  };
  return (
    <RowTable
      label={text('count.lines')}
      rows={lines}
      columns={[
        { id: 'name', label: text('product.name'), render: ({ name }) => name },
        { id: 'sku', label: text('product.sku'), render: ({ sku }) => sku ?? '–' },
        { id: 'before', label: text('count.before'), align: 'end', render: ({ stockBefore }) => stockBefore },
        {
          id: 'count',
          label: text('count.now'),
          align: 'end',
          render: ({ id, name, count }) => (
            <TextField
              value={count}
              size="small"
              onChange={(event) => change(id, event.target.value)}
              sx={{ width: '6rem' }}
              slotProps={{ htmlInput: { inputMode: 'numeric', 'aria-label': text('count.nowOf', { name }) } }}
            />
          ),
        },
        {
          id: 'difference',
          label: text('count.difference'),
          align: 'end',
          render: ({ count, stockBefore }) => (count > stockBefore ? `+${count - stockBefore}` : count - stockBefore),
        },
        { id: 'result', label: text('list.result'), render: ({ result }) => result?.text ?? text('count.open') },
        {
          id: 'remove',
          label: text('count.action'),
          render: ({ id, name }) => (
            <IconButton
              aria-label={text('count.remove', { name })}
              onClick={() => onChange(lines.filter((line) => line.id !== id))}
            >
              <DeleteIcon />
            </IconButton>
          ),
        },
      ]}
    />
  );
}
