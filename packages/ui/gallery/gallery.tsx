import { FlorinProblem } from '@florin/client';
import type { ReactNode } from 'react';
import {
  Button,
  buttonClass,
  Dialog,
  Field,
  Money,
  Notice,
  PageHeading,
  PageMeta,
  PasswordField,
  ProblemNotice,
  Skeleton,
  Status,
  Time,
} from '../src/index.ts';
import { Colours } from './colours.tsx';
import css from './gallery.module.css';
import { ThemeButtons } from './theme-buttons.tsx';
import { useOpen } from './use-open.ts';

const tones = ['neutral', 'good', 'warn', 'bad', 'info'] as const;
const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;
const answer = new Response(null, { status: 409, headers: { 'x-request-id': '01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44' } });
const problem = new FlorinProblem({ method: 'POST', path: '/v1/purchases' }, answer, {
  code: 'PRODUCT_OUT_OF_STOCK',
  available: 2,
});

/** All components of packages/ui in their states. A test looks for each of them here, and takes axe over the page in both themes. */
export function Gallery() {
  const dialog = useOpen();
  return (
    <div className={css['page']}>
      <PageMeta isIndexed={false} />
      <PageHeading title="Gallery" />
      <ThemeButtons />
      <Part title="Colours">
        <Colours />
      </Part>
      <Part title="Button">
        <div className={css['row']}>
          {variants.map((variant) => (
            <Button key={variant} variant={variant}>
              {variant}
            </Button>
          ))}
          <Button isBusy>busy</Button>
          <Button disabled>disabled</Button>
          <a href="#top" className={buttonClass('primary')}>
            Looks like a button
          </a>
        </div>
      </Part>
      <Part title="Field">
        <Field label="Name" defaultValue="Ada Byron" />
        <Field label="With a hint" hint="One line that helps." />
        <Field label="With a fault" defaultValue="ada@" error="Enter an e-mail address such as name@example.com." />
        <Field label="With a unit" inputMode="decimal" end={<span>EUR</span>} />
      </Part>
      <Part title="PasswordField">
        <PasswordField label="Password" hint="At least 8 characters." autoComplete="new-password" />
      </Part>
      <Part title="Status">
        <div className={css['row']}>
          {tones.map((tone) => (
            <Status key={tone} tone={tone}>
              {tone}
            </Status>
          ))}
        </div>
      </Part>
      <Part title="Notice">
        {tones.map((tone) => (
          <Notice key={tone} tone={tone}>
            <p>
              A notice that is {tone}, with <a href="#top">a way to go on</a>.
            </p>
          </Notice>
        ))}
      </Part>
      <Part title="ProblemNotice">
        <ProblemNotice error={problem} onRetry={() => undefined} />
      </Part>
      <Part title="Money">
        <p>
          <Money minor={123456} currency="EUR" /> · <Money minor={-5} currency="EUR" /> ·{' '}
          <Money minor={2000} currency="EUR" isSigned /> · <Money minor={1205} currency="JPY" /> ·{' '}
          <Money minor={1205} currency="KWD" />
        </p>
      </Part>
      <Part title="Time">
        <p>
          <Time at="2026-11-27T16:00:00Z" /> · <Time at="2026-11-27T16:00:00Z" precision="day" />
        </p>
      </Part>
      <Part title="Skeleton">
        <Skeleton lines={2} />
        <Skeleton lines={2} shape="card" />
      </Part>
      <Part title="Dialog">
        <Button onClick={dialog.open}>Open the dialog</Button>
        <Dialog title="A dialog" isOpen={dialog.isOpen} onClose={dialog.close}>
          <p>The focus stays inside and returns to the button.</p>
          <Button onClick={dialog.close}>Close</Button>
        </Dialog>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css['part']} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
