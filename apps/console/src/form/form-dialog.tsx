import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { Form } from 'react-admin';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { useText } from '../texts/use-text.ts';
import type { Action } from './use-action.ts';
import { useFieldErrors } from './use-field-errors.ts';

export type FormValues = Record<string, unknown>;

type FormDialogProps<R> = {
  title: string;
  submit: string;
  onClose(): void;
  action: Action<FormValues, R>;
  /** Fields beside which the API's errors are shown. */
  fields?: readonly string[];
  rename?: Readonly<Record<string, string>>;
  defaultValues?: FormValues;
  tone?: 'primary' | 'error';
  children?: ReactNode;
};

/** Asks for what an action needs, and closes when it has succeeded. */
export function FormDialog<R>(props: FormDialogProps<R>) {
  const { title, submit, onClose, action, fields = [], rename, defaultValues, tone = 'primary', children } = props;
  const text = useText();
  const id = useId();
  const errors = useFieldErrors(action.error, fields, rename);
  const send = async (values: FormValues) => {
    if ((await action.run(values)) !== undefined) onClose();
  };
  return (
    <Dialog open onClose={action.isPending ? undefined : onClose} aria-labelledby={id} fullWidth maxWidth="sm">
      <DialogTitle id={id} component="h2">
        {title}
      </DialogTitle>
      <Form onSubmit={send} mode="onBlur" noValidate {...(defaultValues && { defaultValues })} errors={errors}>
        <DialogContent>
          <Stack spacing={2} sx={{ paddingTop: 1 }}>
            {action.error !== undefined && Object.keys(errors).length === 0 && <ProblemAlert error={action.error} />}
            {children}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={action.isPending}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" variant="contained" color={tone} loading={action.isPending}>
            {submit}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
