import { createTransport } from 'nodemailer';
import type { Outcome } from '../sms/sms-gateway.ts';

export type Mail = {
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
};

export type Mailer = {
  readonly demo: boolean;
  readonly repeatable: boolean;
  send(mail: Mail): Promise<Outcome>;
};

const CONNECT_MS = 5000;
const SILENCE_MS = 10_000;
const ONE_ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

/**
 * Mail by SMTP. The envelope has no return address and the mail says that a program made it (RFC 3834), so no bounce and
 * no holiday notice can answer to us and start a loop. The message id is ours: sent twice it is one mail to a mail reader.
 */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  return {
    demo: false,
    repeatable: true,
    async send({ id, address, subject, text }) {
      // A mailer reads what it is given as a list of names and addresses; ours is exactly one address.
      if (!ONE_ADDRESS.test(address)) return { kind: 'rejected', code: 'mail.bad-address' };
      try {
        const sent = await transport.sendMail({
          from,
          to: address,
          envelope: { from: '', to: address },
          messageId: `<${id}@dafuwu>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          subject,
          text,
        });
        return { kind: 'sent', gatewayId: sent.messageId };
      } catch (error) {
        return faultOf(error);
      }
    },
  };
}

export const demoMail: Mailer = {
  demo: true,
  repeatable: true,
  send: async () => ({ kind: 'sent', gatewayId: 'demo' }),
};

/** A 5xx of the server refuses this mail for good; everything else is the line or the server itself. */
function faultOf(error: unknown): Outcome {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500)
    return { kind: 'rejected', code: `smtp.${responseCode}` };
  if (responseCode !== undefined) return { kind: 'failed', code: `smtp.${responseCode}` };
  if (code === 'ETIMEDOUT') return { kind: 'unknown', code: 'smtp.timeout' };
  return { kind: 'unknown', code: 'smtp.unreachable' };
}
