import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { FAMILIES } from './families.mts';
import type { Family, Model } from './families.mts';
import type { Order } from './records.mts';

export const CREDIT_SERVICES = [
	'EXECUTE_MODEL_WGS',
	'EXECUTE_MODEL_GNT',
	'REPLENISHMENT',
	'GENERATE_PDF_REPORT_ANCESTRY',
	'GENERATE_PDF_REPORT_PRS_RUO_CARDIO',
	'GENERATE_PDF_REPORT_PRS_RUO_CANCER',
	'GENERATE_PDF_REPORT_PRS_CLINICAL',
	'GENERATE_PDF_REPORT_PRS_CLINICAL_CARDIO',
	'GENERATE_PDF_REPORT_PRS_CLINICAL_CANCER',
] as const;
export type CreditService = (typeof CREDIT_SERVICES)[number];

export interface LedgerEntry {
	id: string;
	/** the same for all that one order was charged for */
	transactionId: string;
	service: CreditService;
	order: Order | null;
	/** negative when credits were spent */
	amount: number;
	from: number;
	to: number;
	at: number;
}

// more than any test spends
const SEED = 100_000_000;

// prices are the provider's agreement with each organization
const MODEL_PRICES = { GNT: 10, WGS: 30 };
const REPORT_PRICE = 5;

/** Credits of an organization: every order spends some. The provider publishes fields, not rules; these are invented. */
export class Credits {
	readonly id = randomUUID();
	readonly organizationId: string;
	ledger: LedgerEntry[] = [];
	private readonly clock: Pick<Clock, 'now'>;

	constructor(clock: Pick<Clock, 'now'>, organizationId: string) {
		this.clock = clock;
		this.organizationId = organizationId;
		this.reset();
	}

	reset(): void {
		this.ledger = [];
		this.setBalance(SEED);
	}

	get balance(): number {
		return this.ledger.at(-1)?.to ?? 0;
	}

	/** Gives or takes what is missing to a balance. */
	setBalance(balance: number): void {
		this.book(randomUUID(), 'REPLENISHMENT', balance - this.balance, null);
	}

	/** Whether the balance pays for these services. */
	pays(services: CreditService[]): boolean {
		return services.reduce((sum, service) => sum + price(service), 0) <= this.balance;
	}

	spend(services: CreditService[], order: Order): void {
		const transactionId = randomUUID();
		for (const service of services) this.book(transactionId, service, -price(service), order);
	}

	private book(transactionId: string, service: CreditService, amount: number, order: Order | null): void {
		const from = this.balance;
		this.ledger.push({ id: randomUUID(), transactionId, service, order, amount, from, to: from + amount, at: this.clock.now() });
	}
}

/**
 * What an order is charged for: the model once, and each type of report once.
 *
 * @param reportTypes `pdf_report_types` of the submission
 */
export function servicesOf({ model_api_name: family }: Model, genome: 'GNT' | 'WGS', reportTypes: string[]): CreditService[] {
	return [`EXECUTE_MODEL_${genome}`, ...reportsOf(family, reportTypes).map((type) => `GENERATE_PDF_REPORT_${type}` as CreditService)];
}

function reportsOf(family: Family, asked: string[]): string[] {
	if (!FAMILIES[family].pdf) return [];
	return family === 'mysterio' ? [...new Set(asked)] : ['ANCESTRY'];
}

function price(service: CreditService): number {
	if (service === 'EXECUTE_MODEL_GNT') return MODEL_PRICES.GNT;
	return service === 'EXECUTE_MODEL_WGS' ? MODEL_PRICES.WGS : REPORT_PRICE;
}
