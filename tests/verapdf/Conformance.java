import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Asks veraPDF whether files conform: `java -cp JAR Conformance.java ua1,2a FILE.pdf ...`.
 *
 * Prints a line for each file and profile ("brief.pdf: ua1 ok") and for each rule that it breaks; the exit code is
 * 1 when any breaks one. The profiles are read with DOM because the jar brings no JAXB.
 */
public class Conformance {

    private static final Map<String, String> PROFILES = Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A");
    private static final int ALL_FAILURES = 10_000;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean conforms = true;
        for (String name : arguments[0].split(",")) {
            ValidationProfile profile = read(name);
            for (String place : Arrays.asList(arguments).subList(1, arguments.length)) {
                Path file = Path.of(place);
                conforms &= conforms(file.getFileName() + ": " + name, profile, Files.readAllBytes(file));
            }
        }
        System.exit(conforms ? 0 : 1);
    }

    private static boolean conforms(String told, ValidationProfile profile, byte[] file) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(file), flavour);
             PDFAValidator validator =
                 Foundries.defaultInstance().createValidator(profile, ALL_FAILURES, true, true, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println(told + (result.isCompliant() ? " ok" : " broken"));
            result.getFailedChecks().forEach((rule, times) -> System.out.printf(
                "  %s test %d, %d times: %s%n", rule.getClause(), rule.getTestNumber(), times,
                profile.getRuleByRuleId(rule).getDescription()));
            return result.isCompliant();
        }
    }

    private static ValidationProfile read(String name) throws Exception {
        String place = "/org/verapdf/pdfa/validation/" + PROFILES.get(name) + ".xml";
        try (InputStream stream = Conformance.class.getResourceAsStream(place)) {
            Element root =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
            Set<Rule> rules = new HashSet<>();
            for (Element element : all(root, "rule")) {
                rules.add(rule(element));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element element : all(root, "variable")) {
                variables.add(Profiles.variableFromValues(element.getAttribute("name"),
                    element.getAttribute("object"), text(element, "defaultValue"), text(element, "value")));
            }
            return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
        }
    }

    private static Rule rule(Element element) {
        Element id = all(element, "id").get(0);
        Element error = all(element, "error").get(0);
        RuleId named = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        List<ErrorArgument> values = new ArrayList<>();
        for (Element value : all(error, "argument")) {
            String label = value.hasAttribute("name") ? value.getAttribute("name") : null;
            values.add(ErrorArgumentImpl.fromValues(value.getTextContent(), label, null));
        }
        Boolean deferred =
            element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(named, element.getAttribute("object"), deferred,
            element.getAttribute("tags"), text(element, "description"), text(element, "test"),
            Profiles.errorFromValues(text(error, "message"), values), List.of());
    }

    private static List<Element> all(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < found.getLength(); index++) {
            elements.add((Element) found.item(index));
        }
        return elements;
    }

    private static String text(Element parent, String tag) {
        List<Element> found = all(parent, tag);
        return found.isEmpty() ? null : found.get(0).getTextContent();
    }
}
