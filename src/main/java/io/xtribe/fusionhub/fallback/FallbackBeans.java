package io.xtribe.fusionhub.fallback;

import java.net.URI;
import java.util.Map;
import java.util.Properties;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Fallback.Mail;
import io.xtribe.fusionhub.platform.HttpClients;

/** The clients of the ways: secrets are set here, where no route, trace or log can see them. */
@ApplicationScoped
public class FallbackBeans {

    @Produces
    @Singleton
    @Named("fallbackWebhookClient")
    HttpClientConfigurer webhook(FusionConfig config) {
        var webhook = config.fallback().webhook();
        var headers = webhook.token()
                .map(token -> Map.of("Authorization", "Bearer " + token))
                .orElse(Map.of());
        return HttpClients.configurer(
                URI.create(webhook.url().orElse("http://localhost")),
                headers,
                config.fallback().timeout());
    }

    @Produces
    @Singleton
    @Named("fallbackEventsClient")
    HttpClientConfigurer events(FusionConfig config) {
        return HttpClients.configurer(
                URI.create(config.fallback().events().url()),
                Map.of(),
                config.fallback().timeout());
    }

    /** The component of SMTP, with the server of the configuration, whatever scheme and password it needs. */
    @Produces
    @Singleton
    @Named("smtp")
    MailComponent mail(FusionConfig config) {
        var mail = config.fallback().mail();
        var timeout = Math.toIntExact(config.fallback().timeout().toMillis());
        var scheme = mail.tls() == Mail.Tls.TLS ? "smtps" : "smtp";
        var session = new Properties();
        session.setProperty("mail." + scheme + ".timeout", String.valueOf(timeout));
        session.setProperty("mail." + scheme + ".writetimeout", String.valueOf(timeout));
        // Else a certificate of any other host would do.
        session.setProperty("mail." + scheme + ".ssl.checkserveridentity", "true");
        if (mail.tls() == Mail.Tls.STARTTLS) {
            session.setProperty("mail.smtp.starttls.enable", "true");
            session.setProperty("mail.smtp.starttls.required", "true");
        }
        var settings = new MailConfiguration();
        settings.configureProtocol(scheme);
        settings.setIgnoreUriScheme(true);
        settings.setHost(mail.host().orElse("localhost"));
        settings.setPort(mail.port());
        settings.setConnectionTimeout(timeout);
        settings.setAdditionalJavaMailProperties(session);
        mail.user().ifPresent(settings::setUsername);
        mail.password().ifPresent(settings::setPassword);
        settings.setFrom(mail.from().orElse(""));
        settings.setContentType("text/plain; charset=UTF-8");
        var component = new MailComponent();
        component.setConfiguration(settings);
        return component;
    }
}
