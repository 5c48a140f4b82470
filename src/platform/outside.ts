import type { Config } from './config.ts';
import { demoMail, type Mailer, smtpMailer } from './mail/mailer.ts';
import { demoSms, httpSms, type SmsGateway } from './sms/sms-gateway.ts';

/** The ways out of the house. Null: none is set up, and what should go that way waits in the queue. */
export type Outside = {
  readonly sms: SmsGateway | null;
  readonly mail: Mailer | null;
  /** Where customers reach us: `https://fw.example.cn`. */
  readonly publicUrl: string;
  /** What the gateway shows with each reply of a customer; null: no reply is believed. */
  readonly smsSecret: string | null;
};

/** A demo company sends nothing: its queue shows what would have gone out. */
export const demoOutside: Outside = {
  sms: demoSms,
  mail: demoMail,
  publicUrl: 'http://127.0.0.1:8080',
  smsSecret: null,
};

/** The gateways that the configuration names; a demo company falls back on the ones that only show. */
export function outsideOf(config: Config, demo: boolean): Outside {
  const { sms, mail } = config;
  const scheme = config.tls === null ? 'http' : 'https';
  return {
    sms: sms === null ? (demo ? demoSms : null) : httpSms(sms),
    mail: mail === null ? (demo ? demoMail : null) : smtpMailer(mail.url, mail.from),
    publicUrl: config.publicUrl ?? `${scheme}://${config.host}:${config.port}`,
    smsSecret: sms?.inboundSecret ?? null,
  };
}
