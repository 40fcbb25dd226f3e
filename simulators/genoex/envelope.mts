/** A refusal, told in the envelope: `status` false, and the text in `status_message`. */
export class Refusal extends Error {}

/** A success in the provider's shape. */
export function success(message: string, values: object) {
	return { status: true, status_message: message, return_values: values };
}

/** A refusal in the provider's shape, without `return_values`. */
export function refusal(message: string) {
	return { status: false, status_message: message };
}

/** A page as the web server in front of the service makes it. */
export function page(title: string): string {
	return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}
